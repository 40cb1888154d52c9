import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import type { Answer } from '../support/http.js';

export interface OpenApi {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
}

type PathItem = Readonly<Record<string, Operation>> & { readonly servers?: readonly { readonly url: string }[] };

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
/** Answers that hold what others registered, or members of standards that come and go. */
const OPEN = ['DescribedResource', 'ServerMetadata', 'JsonWebKeySet'];

export interface DocumentedPath {
  /** As in the document, with `{id}`. */
  readonly path: string;
  /** Address below which it is. */
  readonly base: string;
  /** In capitals. */
  readonly methods: readonly string[];
}

export function documentedPaths(document: OpenApi): DocumentedPath[] {
  return Object.entries(document.paths).map(([path, item]) => ({
    path,
    base: (item.servers ?? document.servers)[0]?.url ?? '',
    methods: METHODS.filter((method) => method in item).map((method) => method.toUpperCase()),
  }));
}

/** Every operation that takes a JSON body, such as `PUT /uma/resources/{id}`. */
export function documentedJsonRequests({ paths }: OpenApi): string[] {
  const takesJson = (operation?: Operation) =>
    operation?.requestBody && 'application/json' in operation.requestBody.content;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => takesJson(item[method])).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** Holds answers against the document, which then must name every member of them. */
export class DocumentedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });

  constructor(private readonly document: OpenApi) {
    this.ajv.addSchema(closed(document) as AnySchemaObject, 'doc');
  }

  /** @returns what does not fit, in words; empty when all does */
  problems(method: string, path: string, { status, text }: Answer): string {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    const response = operation?.responses[String(status)];
    if (!response) return `${method} ${path} is not documented to answer ${status}: ${text}`;
    if (!response.content)
      return text === '' ? '' : `${method} ${path} is documented to answer ${status} without a body`;
    const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', 'application/json'];
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const fits = this.ajv.compile({ $ref: `doc#/${pointer}/schema` });
    return fits(JSON.parse(text)) ? '' : `${method} ${path} ${status}: ${this.ajv.errorsText(fits.errors)} in ${text}`;
  }
}

/** The document with every object allowing no other members than those it names. */
function closed(document: OpenApi): unknown {
  const open = OPEN.map((name) => document.components.schemas[name]);
  const close = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(close);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).map(([name, value]) => [name, close(value)]);
    const isClosed = 'type' in node && node.type === 'object' && 'properties' in node && !open.includes(node);
    return { ...Object.fromEntries(entries), ...(isClosed && { additionalProperties: false }) } as unknown;
  };
  return close(document);
}
