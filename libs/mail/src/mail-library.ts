import type * as Nodemailer from 'nodemailer';

/** The package that composes and sends, loaded with the first message: every start and every command would pay for it. */
export async function mailLibrary(): Promise<typeof Nodemailer> {
  return import('nodemailer');
}
