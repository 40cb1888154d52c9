import type { PasswordProblem } from '@valetkey/accounts';
import type { FormValues } from '../interaction/interaction-kind.js';
import type { NewPasswordModel } from '../pages/views/new-password.view.js';

/** As the password policy of the accounts says. */
export const LEAST_LENGTH = 12;

/** The new password of a form, and what is wrong with the form itself. */
export function newPasswordOf(form: FormValues): { password: string; problem?: 'different' | 'too_short' } {
  const password = form.get('password') ?? '';
  if (password === '') return { password, problem: 'too_short' };
  return form.get('password_again') === password ? { password } : { password, problem: 'different' };
}

/** A name as password is known to attackers as well. */
export function shownProblem(problem: PasswordProblem): NonNullable<NewPasswordModel['problem']> {
  return problem === 'like_name' ? 'too_common' : problem;
}
