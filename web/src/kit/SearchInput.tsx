import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from './shortcuts';

interface Props {
  /** What it says, and what the shortcut F is for. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The box that a page is about, over its whole width. */
  large?: boolean;
  autoFocus?: boolean;
}

/** What is searched for, told a moment after the typing stops. */
export function SearchInput({ label, value, onChange, large = false, autoFocus = false }: Props) {
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
  useShortcut('f', label, () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      size={large ? 'md' : 'xs'}
      w={large ? '100%' : { base: '100%', xs: 180 }}
      autoFocus={autoFocus}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
