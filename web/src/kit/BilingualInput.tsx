import { SimpleGrid, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'label'> {
  label: string;
  value: Name;
  onChange: (value: Name) => void;
}

/** One name in both languages, side by side. */
export function BilingualInput({ label, value, onChange, ...rest }: Props) {
  const { t } = useTranslation('kit');
  return (
    <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
      <TextInput
        {...rest}
        lang="hi"
        label={t('in_hindi', { label })}
        value={value.hi}
        onChange={(event) => onChange({ ...value, hi: event.currentTarget.value })}
      />
      <TextInput
        {...rest}
        error={undefined}
        lang="en"
        label={t('in_english', { label })}
        value={value.en}
        onChange={(event) => onChange({ ...value, en: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
