import { IconCheck, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from './ask';
import { newKey } from './key';
import { Button, Failure, Field, Screen, useAct } from './parts';
import { useSpeech } from './words';

const USES = ['presentation', 'meeting', 'social_media', 'film'] as const;

/** Words or a short video for others who hesitate, with a consent of its own. */
export function Testimonial({ placeId }: { placeId: string }) {
  const { t, language } = useSpeech();
  const [key] = useState(newKey);
  const [speaker, setSpeaker] = useState('');
  const [words, setWords] = useState('');
  const [video, setVideo] = useState<string | null>(null);
  const [uses, setUses] = useState<(typeof USES)[number][]>([]);
  const [done, setDone] = useState(false);
  const upload = useAct();
  const { busy, error, run, field } = useAct();
  const take = (file: File | undefined) =>
    file &&
    upload.run(async () => {
      const stored = await ask<{ id: string }>('POST', `/files?kind=video&name=${encodeURIComponent(file.name)}`, file);
      setVideo(stored.id);
    });
  if (done)
    return (
      <Screen title={t('speak.done')} back={`place/${placeId}`}>
        <p>{t('speak.thanks')}</p>
      </Screen>
    );
  return (
    <Screen title={t('speak.title')} back={`place/${placeId}`}>
      <p>{t('speak.text')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => {
            await ask('POST', `/premises/${placeId}/testimonial`, { key, speaker, words, video, uses, language });
            setDone(true);
          });
        }}
      >
        <Field
          required
          minLength={2}
          label={t('your_name')}
          autoComplete="name"
          value={speaker}
          error={field('speaker')}
          onChange={(event) => setSpeaker(event.currentTarget.value)}
        />
        <label className="field">
          <span>{t('speak.words')}</span>
          <textarea rows={4} maxLength={2000} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          {field('words') && <em role="alert">{field('words')}</em>}
        </label>
        <label className="button" data-kind="plain">
          {upload.busy && <span className="spin" aria-hidden />}
          <IconVideo size={18} aria-hidden /> {t(video ? 'speak.video_again' : 'speak.video')}
          <input
            type="file"
            accept="video/*"
            capture="user"
            className="hidden"
            onChange={(event) => void take(event.currentTarget.files?.[0])}
          />
        </label>
        {video && (
          <p className="done">
            <IconCheck size={18} aria-hidden /> {t('speak.video_kept')}
          </p>
        )}
        {upload.error !== null && <Failure error={upload.error} />}
        <fieldset>
          <legend>{t('speak.uses')}</legend>
          {USES.map((one) => (
            <label key={one} className="check">
              <input
                type="checkbox"
                checked={uses.includes(one)}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  setUses((before) => (checked ? [...before, one] : before.filter((other) => other !== one)));
                }}
              />
              {t(`speak.use.${one}`)}
            </label>
          ))}
        </fieldset>
        {error !== null && <Failure error={error} />}
        <Button type="submit" busy={busy} disabled={upload.busy || uses.length === 0 || (!words.trim() && !video)}>
          {t('speak.send')}
        </Button>
      </form>
    </Screen>
  );
}
