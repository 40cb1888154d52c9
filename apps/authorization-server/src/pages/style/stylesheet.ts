import { hash } from 'node:crypto';
import { tokenStyles } from '@valetkey/design-tokens';
import { RULES } from './rules.js';

/** The one style sheet of all pages: tokens, then rules. */
export const STYLESHEET: string = tokenStyles() + RULES.replaceAll(/\n+/g, '');

/** Its name changes with its content, so browsers may keep it for ever. */
export const STYLESHEET_NAME = `valetkey-${hash('sha256', STYLESHEET, 'hex').slice(0, 16)}.css`;

/** Path of the style sheet below the issuer. */
export const STYLESHEET_PATH = `/pages/${STYLESHEET_NAME}`;
