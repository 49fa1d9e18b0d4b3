import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/kit';

/** What is searched for, told a moment after the typing stops. */
export function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('programme');
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const tell = useDebouncedCallback((typed: string) => {
    setSent(typed);
    onChange(typed);
  }, 250);
  // The address changed from elsewhere (back, a link): it wins over what stands here.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) setText(value);
  }
  useEffect(() => tell.cancel, [tell]);
  useShortcut('f', t('search'), () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      size="xs"
      w={{ base: '100%', xs: 180 }}
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
