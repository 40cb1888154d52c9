import type { Part, Parts } from '@valetkey/wording';
import { Fragment } from 'react';

/** A sentence of libs/wording: names isolated, times as `<time>`, words of another language marked as such. */
export function Words({ of: parts }: { readonly of: Parts }) {
  return parts.map((part, index) => <Fragment key={index}>{pieceOf(part)}</Fragment>);
}

function pieceOf(part: Part) {
  switch (part.kind) {
    case 'name':
      return <bdi>{part.text}</bdi>;
    case 'time':
      return <time dateTime={part.at}>{part.text}</time>;
    case 'words':
      return part.lang === undefined ? part.text : <span lang={part.lang}>{part.text}</span>;
    case 'text':
      return part.text;
  }
}
