import type { ClientMethod } from '@valetkey/operator-contract';
import { useMessages } from '../../language/language.hook.js';
import { Field, Tick } from '../../parts/field.part.js';
import type { Problems } from '../../parts/problems.part.js';
import { Select } from '../../parts/select.part.js';
import { TextArea } from '../../parts/text-area.part.js';
import type { ClientDraft, ClientMember, PartName } from './client-draft.js';
import styles from './client-fields.module.css';
import type { OfferedGrant } from './client-form.messages.js';
import { CLIENT_FORM } from './client-form.messages.js';
import { fieldId } from './client-problems.js';

interface FieldsProps {
  readonly draft: ClientDraft;
  readonly onChange: (draft: ClientDraft) => void;
  readonly problems: Problems;
}

/** The fields of one task. */
export function ClientFields({ part, ...rest }: FieldsProps & { readonly part: PartName }) {
  const texts = useMessages(CLIENT_FORM);
  const Fields = FIELDS[part];
  return (
    <fieldset className={styles.part}>
      <legend className={styles.legend}>{texts.parts[part]}</legend>
      <Fields {...rest} />
    </fieldset>
  );
}

const FIELDS = { who: WhoFields, 'sign-in': SignInFields, asks: AskFields, returns: ReturnFields };

function useField({ draft, onChange, problems }: FieldsProps, member: ClientMember) {
  const { label, help } = useMessages(CLIENT_FORM).fields[member];
  const problem = problems[fieldId(member)];
  return {
    id: fieldId(member),
    label,
    ...(help !== undefined && { help }),
    ...(problem !== undefined && { problem }),
    value: String(draft[member]),
    autoComplete: 'off',
    spellCheck: false,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...draft, [member]: target.value }),
  };
}

function WhoFields(props: FieldsProps) {
  const texts = useMessages(CLIENT_FORM);
  return (
    <>
      <Field {...useField(props, 'client_name')} maxLength={100} dir="auto" />
      <Field {...useField(props, 'publisher')} maxLength={100} dir="auto" />
      <Field {...useField(props, 'purpose#en')} maxLength={200} lang="en" />
      <Field {...useField(props, 'purpose#de')} maxLength={200} lang="de" />
      <Select {...useField(props, 'application_type')}>
        <option value="web">{texts.types.web}</option>
        <option value="native">{texts.types.native}</option>
      </Select>
      <Field type="url" {...useField(props, 'client_uri')} />
      <Field type="url" {...useField(props, 'logo_uri')} />
      <Field type="url" {...useField(props, 'tos_uri')} />
      <Field type="url" {...useField(props, 'policy_uri')} />
    </>
  );
}

const METHODS: readonly ClientMethod[] = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'];

function SignInFields(props: FieldsProps) {
  const texts = useMessages(CLIENT_FORM);
  const { token_endpoint_auth_method: present } = props.draft;
  const offered = METHODS.includes(present) ? METHODS : [...METHODS, present];
  return (
    <>
      <Select {...useField(props, 'token_endpoint_auth_method')}>
        {offered.map((method) => (
          <option key={method} value={method}>
            {texts.methods[method]}
          </option>
        ))}
      </Select>
      <Field type="url" {...useField(props, 'jwks_uri')} />
    </>
  );
}

function AskFields(props: FieldsProps) {
  const { draft, onChange, problems } = props;
  const texts = useMessages(CLIENT_FORM);
  const id = fieldId('grant_types');
  const problem = problems[id];
  const set = (grant: string, isOn: boolean) => {
    const others = draft.grant_types.filter((one) => one !== grant);
    onChange({ ...draft, grant_types: isOn ? [...others, grant] : others });
  };
  return (
    <>
      <fieldset id={id} className={styles.group} aria-describedby={problem === undefined ? undefined : `${id}-problem`}>
        <legend className={styles.label}>{texts.fields.grant_types.label}</legend>
        {Object.entries<string>(texts.grants satisfies Record<OfferedGrant, string>).map(([grant, label]) => (
          <Tick
            key={grant}
            label={label}
            checked={draft.grant_types.includes(grant)}
            onChange={({ target }) => set(grant, target.checked)}
          />
        ))}
        {problem !== undefined && (
          <p className={styles.wrong} id={`${id}-problem`}>
            {problem}
          </p>
        )}
      </fieldset>
      <TextArea {...useField(props, 'scope')} />
      <TextArea {...useField(props, 'audiences')} />
    </>
  );
}

function ReturnFields(props: FieldsProps) {
  return (
    <>
      <TextArea {...useField(props, 'redirect_uris')} />
      <TextArea {...useField(props, 'post_logout_redirect_uris')} />
      <TextArea {...useField(props, 'claims_redirect_uris')} />
      <Field type="url" {...useField(props, 'backchannel_logout_uri')} />
    </>
  );
}
