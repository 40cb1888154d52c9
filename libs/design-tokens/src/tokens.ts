/** A colour by theme. */
export interface ThemedColour {
  readonly light: string;
  readonly dark: string;
}

const themed = (light: string, dark: string): ThemedColour => ({ light, dark });

/** Colours by role. The pages and the consoles share them; an operator's branding changes the accent only. */
export const COLOURS = {
  canvas: themed('#f6f7f9', '#101318'),
  surface: themed('#ffffff', '#181c23'),
  sunken: themed('#eceff3', '#0b0e12'),
  line: themed('#d3d9e1', '#333b47'),
  control: themed('#737d8c', '#7c889a'),
  text: themed('#1a1f27', '#e8ebf0'),
  muted: themed('#4a5462', '#b3bcc8'),
  hint: themed('#5d6775', '#98a2b0'),
  accent: themed('#0b57a4', '#7cb7f5'),
  'accent-hover': themed('#08447f', '#9cc9f8'),
  'on-accent': themed('#ffffff', '#0b1b2c'),
  'accent-soft': themed('#e3eefa', '#16314d'),
  'accent-text': themed('#0a4a8c', '#b9d8f8'),
  danger: themed('#b3261e', '#ff8a80'),
  'on-danger': themed('#ffffff', '#2b0503'),
  'danger-soft': themed('#fce8e6', '#45201e'),
  'danger-text': themed('#8c1d18', '#ffb8b1'),
  'warn-soft': themed('#fff1d6', '#3d2e0f'),
  'warn-text': themed('#6e4300', '#ffd58a'),
  'warn-line': themed('#a86500', '#c98a1b'),
  'ok-soft': themed('#e0f3e6', '#15341f'),
  'ok-text': themed('#0f5a2d', '#8edba6'),
  'ok-line': themed('#2b8550', '#4da86c'),
  focus: themed('#0b57a4', '#9cc9f8'),
  person: themed('#6a3fa0', '#c6a6f2'),
  application: themed('#0b57a4', '#7cb7f5'),
  service: themed('#0b6b63', '#6fd3c7'),
  resource: themed('#8a4b08', '#f0b36b'),
} as const satisfies Readonly<Record<string, ThemedColour>>;

export type ColourRole = keyof typeof COLOURS;

/** What may stand on what, and the least contrast it needs (WCAG 2.2, 1.4.3 and 1.4.11). */
export const PAIRS: readonly { readonly front: ColourRole; readonly back: ColourRole; readonly least: number }[] = [
  ...(['text', 'muted', 'hint'] as const).flatMap((front) =>
    (['canvas', 'surface', 'sunken'] as const).map((back) => ({ front, back, least: 4.5 })),
  ),
  { front: 'control', back: 'surface', least: 3 },
  { front: 'control', back: 'canvas', least: 3 },
  { front: 'accent', back: 'surface', least: 4.5 },
  { front: 'accent', back: 'canvas', least: 4.5 },
  { front: 'accent-hover', back: 'surface', least: 4.5 },
  { front: 'on-accent', back: 'accent', least: 4.5 },
  { front: 'on-accent', back: 'accent-hover', least: 4.5 },
  { front: 'accent-text', back: 'accent-soft', least: 4.5 },
  { front: 'text', back: 'accent-soft', least: 4.5 },
  { front: 'danger', back: 'surface', least: 4.5 },
  { front: 'on-danger', back: 'danger', least: 4.5 },
  { front: 'danger-text', back: 'danger-soft', least: 4.5 },
  { front: 'danger', back: 'danger-soft', least: 3 },
  { front: 'warn-text', back: 'warn-soft', least: 4.5 },
  { front: 'warn-line', back: 'surface', least: 3 },
  { front: 'warn-line', back: 'warn-soft', least: 3 },
  { front: 'ok-text', back: 'ok-soft', least: 4.5 },
  { front: 'ok-line', back: 'surface', least: 3 },
  { front: 'ok-line', back: 'ok-soft', least: 3 },
  ...(['canvas', 'surface', 'sunken'] as const).map((back) => ({ front: 'focus' as const, back, least: 3 })),
  ...(['person', 'application', 'service', 'resource'] as const).map((front) => ({
    front,
    back: 'surface' as const,
    least: 4.5,
  })),
];

/** Sizes that do not follow the reader's text size. */
const SIZES = {
  's-1': '4px',
  's-2': '8px',
  's-3': '12px',
  's-4': '16px',
  's-5': '24px',
  's-6': '32px',
  's-7': '48px',
  'r-control': '6px',
  'r-card': '10px',
  'r-dialog': '14px',
  'r-pill': '99px',
  height: '44px',
  dense: '32px',
} as const;

const FONT =
  "font:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;mono:ui-monospace,'SF Mono','Cascadia Mono','Liberation Mono',monospace";

/** The tokens as custom properties: light for browsers without `light-dark()`, both themes for the others. */
export function tokenStyles(): string {
  const colours = Object.entries(COLOURS);
  const plain = colours.map(([role, { light }]) => `--${role}:${light}`);
  const both = colours.map(([role, { light, dark }]) => `--${role}:light-dark(${light},${dark})`);
  const sizes = Object.entries(SIZES).map(([size, value]) => `--${size}:${value}`);
  const fonts = FONT.split(';').map((font) => `--${font}`);
  return (
    `:root{${[...plain, ...sizes, ...fonts].join(';')}}` +
    `@supports (color:light-dark(#fff,#000)){:root{color-scheme:light dark;${both.join(';')}}` +
    `:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}}`
  );
}
