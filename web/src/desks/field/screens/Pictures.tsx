import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconFileText, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PickButton } from '@/kit';
import { newId } from '@/kit/upload';
import classes from '../field.module.css';
import { madeSmall } from '../offline/pictures';
import type { FileUse } from '../types';

export interface Picture {
  key: string;
  use: FileUse;
  blob: Blob;
  /** Of the blob, for showing it. */
  address?: string;
}

const MOST = 12;

interface Props {
  uses: ('form' | 'photo')[];
  pictures: Picture[];
  onChange: (pictures: Picture[]) => void;
}

/** Photographs taken on the spot, made small at once; they stay on the phone until the visit is sent. */
export function Pictures({ uses, pictures, onChange }: Props) {
  const { t } = useTranslation('field');
  const [failure, setFailure] = useState('');
  const shown = useRef(pictures);
  useEffect(() => {
    shown.current = pictures;
  });
  useEffect(() => () => shown.current.forEach(({ address }) => address && URL.revokeObjectURL(address)), []);
  const add = async (use: FileUse, files: FileList | null) => {
    const chosen = [...(files ?? [])];
    setFailure('');
    try {
      const small = await Promise.all(chosen.map(madeSmall));
      const fresh = small.map((blob) => ({ key: newId(), use, blob, address: URL.createObjectURL(blob) }));
      onChange([...pictures, ...fresh].slice(0, MOST));
    } catch {
      setFailure(t('pictures.unreadable'));
    }
  };
  return (
    <Stack gap={8}>
      <Group gap={8}>
        {uses.map((use) => (
          <PickButton
            key={use}
            icon={use === 'form' ? IconFileText : IconCamera}
            label={t(`pictures.${use}`)}
            accept="image/*"
            capture
            disabled={pictures.length >= MOST}
            onPick={(files) => void add(use, files)}
          />
        ))}
      </Group>
      {failure && (
        <Text size="sm" c="var(--alarm)" role="alert">
          {failure}
        </Text>
      )}
      {pictures.length > 0 && (
        <div className={classes.thumbs}>
          {pictures.map((picture) => (
            <Thumb
              key={picture.key}
              picture={picture}
              onRemove={() => onChange(pictures.filter((one) => one.key !== picture.key))}
            />
          ))}
        </div>
      )}
    </Stack>
  );
}

function Thumb({ picture, onRemove }: { picture: Picture; onRemove: () => void }) {
  const { t } = useTranslation('field');
  return (
    <span className={classes.thumb}>
      <img src={picture.address} alt={t(`pictures.${picture.use}`)} />
      <ActionIcon size={26} color="dark" variant="filled" aria-label={t('pictures.remove')} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </span>
  );
}
