import type { FunctionComponent, SVGProps } from 'react';
import { createElement } from 'react';

interface IconData {
  /** Elements of the drawing, each with its attributes. */
  readonly node: readonly (readonly [string, Readonly<Record<string, string>>])[];
}

type IconProps = SVGProps<SVGSVGElement> & { readonly size?: number };

const STROKE = {
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** What draws an icon of lucide; the build gives it to the package (`build/light-icons.ts`), so the icons keep their names and types. */
export default function createLightIcon({ node }: IconData): FunctionComponent<IconProps> {
  return function LightIcon({ size = 24, ...rest }) {
    const drawing = node.map(([element, attributes]) => createElement(element, attributes));
    return createElement('svg', { ...STROKE, width: size, height: size, ...rest }, ...drawing);
  };
}
