import { ActionIcon, Button, Group, Input, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconCamera, IconFile, IconMovie, IconPaperclip, IconPhoto, IconRefresh, IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import classes from './FileInput.module.css';
import { newId, uploadFile, type StoredFile } from './upload';
import { useFormat } from './useFormat';

type FileKind = StoredFile['kind'];

const ACCEPT: Record<FileKind, string> = {
  image: 'image/jpeg,image/png,image/webp',
  pdf: 'application/pdf',
  video: 'video/mp4,video/webm,video/quicktime,video/x-matroska',
};
const ICONS = { image: IconPhoto, pdf: IconFile, video: IconMovie };

interface Props {
  label: string;
  description?: string;
  error?: string;
  required?: boolean;
  kinds?: FileKind[];
  /** How many may be given. */
  most?: number;
  /** Files that are in the vault already; hand their ids in with the form. */
  value: StoredFile[];
  onChange: (files: StoredFile[]) => void;
  /** Some are still on their way: hold the form back. */
  onBusy?: (busy: boolean) => void;
}

interface Sending {
  key: string;
  file: File;
  share: number;
  failure: string;
}

/** Photographs, papers, videos: taken with the phone's camera or chosen, sent at once, tried again by a tap. */
export function FileInput(props: Props) {
  const { label, description, error, required, kinds = ['image', 'pdf'], most = 10, value, onChange, onBusy } = props;
  const { t } = useTranslation('kit');
  const id = useId();
  const [sending, setSending] = useState<Sending[]>([]);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });
  const busy = sending.some((one) => !one.failure);
  useEffect(() => onBusy?.(busy), [busy, onBusy]);

  const change = (key: string, part: Partial<Sending>) =>
    setSending((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const send = async ({ key, file }: Pick<Sending, 'key' | 'file'>) => {
    change(key, { failure: '', share: 0 });
    try {
      const stored = await uploadFile(file, { key, name: file.name, onProgress: (share) => change(key, { share }) });
      setSending((before) => before.filter((one) => one.key !== key));
      // Several may arrive at once: what is there now counts, not what was there when this one was begun.
      const { value: files, onChange: report } = latest.current;
      const next = [...files, stored];
      latest.current.value = next;
      report(next);
    } catch (failure) {
      change(key, { failure: sentenceOf(failure) });
    }
  };
  const add = (chosen: FileList | null) => {
    const room = most - value.length - sending.length;
    const fresh = [...(chosen ?? [])].slice(0, room).map((file) => ({ key: newId(), file, share: 0, failure: '' }));
    setSending((before) => [...before, ...fresh]);
    for (const one of fresh) void send(one);
  };

  const full = value.length + sending.length >= most;
  const camera = kinds.includes('image') || kinds.includes('video');
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error} withAsterisk={required}>
      <Stack gap={8} mt={4}>
        <Group gap={8}>
          {camera && (
            <PickButton
              icon={IconCamera}
              label={t(kinds.includes('image') ? 'file.take_photo' : 'file.take_video')}
              accept={kinds.includes('image') ? 'image/*' : 'video/*'}
              capture
              disabled={full}
              onPick={add}
            />
          )}
          <PickButton
            id={id}
            icon={IconPaperclip}
            label={t('file.choose')}
            accept={kinds.map((kind) => ACCEPT[kind]).join(',')}
            multiple={most > 1}
            disabled={full}
            onPick={add}
          />
        </Group>
        {(value.length > 0 || sending.length > 0) && (
          <ul className={classes.list}>
            {value.map((file) => (
              <StoredRow
                key={file.id}
                file={file}
                onRemove={() => onChange(value.filter((one) => one.id !== file.id))}
              />
            ))}
            {sending.map((one) => (
              <SendingRow
                key={one.key}
                sending={one}
                onRetry={() => void send(one)}
                onRemove={() => setSending((before) => before.filter((other) => other.key !== one.key))}
              />
            ))}
          </ul>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

interface PickProps {
  id?: string;
  icon: typeof IconCamera;
  label: string;
  accept: string;
  capture?: boolean;
  multiple?: boolean;
  disabled?: boolean;
  onPick: (files: FileList | null) => void;
}

export function PickButton({ id, icon: Icon, label, accept, capture, multiple, disabled, onPick }: PickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon size={18} stroke={1.6} />}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        capture={capture ? 'environment' : undefined}
        multiple={multiple}
        onChange={(event) => {
          onPick(event.currentTarget.files);
          event.currentTarget.value = ''; // the same file may be chosen again
        }}
      />
    </>
  );
}

function StoredRow({ file, onRemove }: { file: StoredFile; onRemove: () => void }) {
  const { t } = useTranslation('kit');
  const format = useFormat();
  const Icon = ICONS[file.kind];
  return (
    <li className={classes.row}>
      <span className={classes.picture}>
        {file.kind === 'image' ? <img src={`/api/v1/files/${file.id}/thumbnail`} alt="" /> : <Icon size={22} />}
      </span>
      <span>
        <span className={classes.name}>{file.name}</span>
        <Text size="xs" c="dimmed" component="div">
          {format.bytes(file.size_bytes)}
        </Text>
      </span>
      <RemoveButton label={t('file.remove', { name: file.name })} onClick={onRemove} />
    </li>
  );
}

function SendingRow({ sending, onRetry, onRemove }: { sending: Sending; onRetry: () => void; onRemove: () => void }) {
  const { t } = useTranslation('kit');
  const { file, share, failure } = sending;
  return (
    <li className={classes.row} data-failed={failure ? true : undefined}>
      <span className={classes.picture}>
        <IconFile size={22} aria-hidden />
      </span>
      <span style={{ minWidth: 0 }}>
        <span className={classes.name}>{file.name}</span>
        {failure ? (
          <Text size="xs" c="var(--alarm)" component="div" role="alert">
            {failure}
          </Text>
        ) : (
          <Progress value={share * 100} size="sm" mt={6} aria-label={t('file.sending', { name: file.name })} />
        )}
      </span>
      <Group gap={4} wrap="nowrap">
        {failure && (
          <Tooltip label={t('try_again')}>
            <ActionIcon variant="subtle" size="lg" aria-label={t('try_again')} onClick={onRetry}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
        )}
        {failure && <RemoveButton label={t('file.remove', { name: file.name })} onClick={onRemove} />}
      </Group>
    </li>
  );
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
        <IconX size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
