/** The few parts that the owner's pages are made of. */
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { useState, type ButtonHTMLAttributes, type InputHTMLAttributes, type ReactNode } from 'react';
import { Refused, sentenceOf } from './ask';
import { go } from './way';
import { useSpeech } from './words';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'main' | 'plain' | 'danger';
  busy?: boolean;
}

export function Button({ kind = 'main', busy = false, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className="button" data-kind={kind} disabled={busy || rest.disabled}>
      {busy && <span className="spin" aria-hidden />}
      {children}
    </button>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

export function Field({ label, hint, error, ...rest }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      {hint && <small>{hint}</small>}
      <input {...rest} aria-invalid={error ? true : undefined} />
      {error && <em role="alert">{error}</em>}
    </label>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { name, t } = useSpeech();
  return (
    <div className="failure" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <span>{name(sentenceOf(error))}</span>
      {onRetry && (
        <Button kind="plain" onClick={onRetry}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}

export function Waiting() {
  const { t } = useSpeech();
  return (
    <p className="waiting" role="status">
      <span className="spin" aria-hidden /> {t('waiting')}
    </p>
  );
}

/** A page with its way back. */
export function Screen({ title, back, children }: { title: string; back?: string; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <main>
      <div className="heading">
        {back !== undefined && (
          <button type="button" className="back" aria-label={t('back')} onClick={() => go(back)}>
            <IconArrowLeft size={22} aria-hidden />
          </button>
        )}
        <h1>{title}</h1>
      </div>
      {children}
    </main>
  );
}

/** Runs one act at a time; keeps what went wrong. */
export function useAct() {
  const { name } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const field = (key: string) => {
    const words = error instanceof Refused ? error.fields[key] : undefined;
    return words ? name(words) : undefined;
  };
  return { busy, error, run, field, clear: () => setError(null) };
}
