import { useMessages } from '../language/language.hook.js';
import { Empty } from '../parts/empty.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Loading } from '../parts/loading.part.js';
import { Frame } from '../shell/frame.part.js';
import { Gate } from '../shell/gate.part.js';
import { SHELL } from '../shell/shell.messages.js';

/** The operator's console: its screens are still to come. */
export function OperatorConsole() {
  return (
    <Gate waiting={(error, retry) => <Content error={error} retry={retry} />}>
      <Content />
    </Gate>
  );
}

function Content({ error, retry }: { readonly error?: Error | null; readonly retry?: () => void }) {
  const texts = useMessages(SHELL);
  if (error)
    return <Frame name={texts.operatorTitle}>{<ErrorBox error={error} {...(retry && { onRetry: retry })} />}</Frame>;
  if (retry) return <Frame name={texts.operatorTitle}>{<Loading onRetry={retry} />}</Frame>;
  return (
    <Frame name={texts.operatorTitle} wide>
      <h1>{texts.operatorTitle}</h1>
      <Empty what={texts.toCome} />
    </Frame>
  );
}
