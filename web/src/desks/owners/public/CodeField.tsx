import { useEffect, useState } from 'react';
import { Button, Failure, Field, useAct } from './parts';
import { useSpeech } from './words';

interface Props {
  /** Asks for a code; resolves with how many seconds to pause before the next. */
  onAsk: () => Promise<{ pause_s: number }>;
  /** Gives the code; rejects with what is wrong with it. */
  onGive: (code: string) => Promise<void>;
  askLabel: string;
  giveLabel: string;
  danger?: boolean;
}

/** Asks for a code by SMS and takes it in. The phone offers the code by itself where it can. */
export function CodeField({ onAsk, onGive, askLabel, giveLabel, danger = false }: Props) {
  const { t } = useSpeech();
  const asking = useAct();
  const giving = useAct();
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const [pause, setPause] = useState(0);
  useEffect(() => {
    if (pause <= 0) return;
    const timer = setTimeout(() => setPause(pause - 1), 1000);
    return () => clearTimeout(timer);
  }, [pause]);
  const send = () =>
    asking.run(async () => {
      const { pause_s } = await onAsk();
      setSent(true);
      setPause(pause_s);
      setCode('');
      giving.clear();
    });
  if (!sent)
    return (
      <>
        {asking.error !== null && <Failure error={asking.error} />}
        <Button kind={danger ? 'danger' : 'main'} busy={asking.busy} onClick={() => void send()}>
          {askLabel}
        </Button>
      </>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void giving.run(() => onGive(code));
      }}
    >
      <Field
        autoFocus
        label={t('code.label')}
        hint={t('code.hint')}
        className="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        error={giving.field('code')}
        onChange={(event) => setCode(event.currentTarget.value.replace(/[^\d०-९]/g, ''))}
      />
      {giving.error !== null && !giving.field('code') && <Failure error={giving.error} />}
      {asking.error !== null && <Failure error={asking.error} />}
      <Button type="submit" kind={danger ? 'danger' : 'main'} busy={giving.busy} disabled={code.length !== 6}>
        {giveLabel}
      </Button>
      <Button kind="plain" busy={asking.busy} disabled={pause > 0} onClick={() => void send()}>
        {pause > 0 ? t('code.pause', { seconds: pause }) : t('code.new')}
      </Button>
    </form>
  );
}
