import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { readDate, readTime } from './dates';
import classes from './Timeline.module.css';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'max'> {
  /** "2026-11-22", or "" for none. */
  value: string;
  onChange: (value: string) => void;
  /** Last day that may be picked. */
  max?: string;
}

/** A date typed in any usual form, or picked from a calendar; shown as "22 Nov 2026". */
export function DateField({ value, onChange, max, ...rest }: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(Date.parse(`${value}T12:00:00+05:30`)) : value;
  const take = (text: string) => {
    setTyped(text);
    const day = readDate(text);
    if (day) onChange(day);
    else if (!text.trim()) onChange('');
  };
  return (
    <TextInput
      {...rest}
      placeholder={t('date_example')}
      value={typed ?? shown}
      error={typed !== null && typed.trim() && !readDate(typed) ? t('jump.not_a_date') : rest.error}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => typed !== null && (readDate(typed) || !typed.trim()) && setTyped(null)}
      rightSection={
        <>
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t('calendar')}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={15} />
          </ActionIcon>
          <input
            ref={picker}
            type="date"
            className={classes.picker}
            tabIndex={-1}
            aria-hidden
            value={value}
            max={max}
            onChange={(event) => {
              setTyped(null);
              onChange(event.currentTarget.value);
            }}
          />
        </>
      }
    />
  );
}

interface TimeProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** "14:05:09" or "14:05", or "" for none. */
  value: string;
  onChange: (value: string) => void;
  /** Hours and minutes only. */
  short?: boolean;
}

/** A time of day in 24 hours; "1405" will do. */
export function TimeField({ value, onChange, short = false, ...rest }: TimeProps) {
  const { t } = useTranslation('media');
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed.trim() !== '' && readTime(typed) === null;
  return (
    <TextInput
      {...rest}
      placeholder={short ? '14:05' : '14:05:09'}
      inputMode="numeric"
      value={typed ?? value}
      error={wrong ? t('jump.not_a_time_of_day') : rest.error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const time = readTime(text);
        if (time) onChange(short ? time.slice(0, 5) : time);
        else if (!text.trim()) onChange('');
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}
