/** Sign-in through allauth's headless API: who is at the desk is the session cookie, never a token in JavaScript. */
import { i18next } from '@/i18n';
import { csrfToken, rawRequest } from './client';

const ROOT = '/_allauth/browser/v1';

interface Flow {
  id: string;
  is_pending?: boolean;
}
interface Answer {
  status: number;
  data?: { flows?: Flow[]; user?: unknown } & Record<string, unknown>;
  meta?: { is_authenticated?: boolean } & Record<string, unknown>;
  errors?: { code: string; message: string; param?: string }[];
}

/** Where sign-in stands after an answer. */
export type SignInStep = 'in' | 'password' | 'second_factor' | 'reauthenticate';

export class AuthError extends Error {
  constructor(
    readonly code: string,
    readonly param?: string,
  ) {
    super(code);
  }
  /** The sentence for the reader. */
  get sentence(): string {
    const key = `accounts:auth_error.${this.code}`;
    return i18next.exists(key) ? i18next.t(key) : i18next.t('accounts:auth_error.other');
  }
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await rawRequest(method, ROOT + path, body);
  if (response.status === 429) throw new AuthError('too_many_login_attempts');
  if (response.status >= 500) throw new AuthError('server');
  const answer = (await response.json()) as Answer;
  const first = answer.errors?.[0];
  if (first) throw new AuthError(first.code, first.param);
  return answer;
}

function stepOf(answer: Answer): SignInStep {
  if (answer.meta?.is_authenticated && answer.status === 200) return 'in';
  const flows = answer.data?.flows ?? [];
  if (flows.some((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)) return 'second_factor';
  if (flows.some((flow) => flow.id.endsWith('reauthenticate'))) return 'reauthenticate';
  return 'password';
}

export interface Provider {
  id: string;
  name: string;
}

export async function providers(): Promise<Provider[]> {
  const answer = await call('GET', '/config');
  const social = answer.data?.socialaccount as { providers?: Provider[] } | undefined;
  return social?.providers ?? [];
}

/** Also sets the CSRF cookie that every later write needs. */
export const session = async () => stepOf(await call('GET', '/auth/session'));
export const signIn = async (username: string, password: string) =>
  stepOf(await call('POST', '/auth/login', { username, password }));
export const secondFactor = async (code: string) => stepOf(await call('POST', '/auth/2fa/authenticate', { code }));
export const reauthenticate = async (password: string) =>
  stepOf(await call('POST', '/auth/reauthenticate', { password }));
export async function signOut(): Promise<void> {
  await call('DELETE', '/auth/session');
}

/** Leaves the page for the identity provider, which sends the reader back to where they were. */
export function goToProvider(provider: string, back: string): void {
  const form = document.createElement('form');
  form.method = 'POST';
  form.action = `${ROOT}/auth/provider/redirect`;
  const fields = { provider, process: 'login', callback_url: back, csrfmiddlewaretoken: csrfToken() };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

export interface TotpOffer {
  secret: string;
  totp_url: string;
}

/** The secret to put into an authenticator app, or 'active' when one is set up, or 'reauthenticate'. */
export async function totpOffer(): Promise<TotpOffer | 'active' | 'reauthenticate'> {
  const answer = await call('GET', '/account/authenticators/totp');
  if (answer.status === 404) return answer.meta as unknown as TotpOffer;
  return answer.status === 401 ? 'reauthenticate' : 'active';
}
export async function activateTotp(code: string): Promise<'active' | 'reauthenticate'> {
  const answer = await call('POST', '/account/authenticators/totp', { code });
  return answer.status === 401 ? 'reauthenticate' : 'active';
}
export async function removeTotp(): Promise<'removed' | 'reauthenticate'> {
  const answer = await call('DELETE', '/account/authenticators/totp');
  return answer.status === 401 ? 'reauthenticate' : 'removed';
}
export async function recoveryCodes(): Promise<string[] | 'reauthenticate'> {
  const answer = await call('GET', '/account/authenticators/recovery-codes');
  if (answer.status === 401) return 'reauthenticate';
  return (answer.data as { unused_codes?: string[] } | undefined)?.unused_codes ?? [];
}
