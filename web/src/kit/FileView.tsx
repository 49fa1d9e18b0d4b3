import { Anchor, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconDownload, IconFile, IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileInput.module.css';

/** A file by its id; kind and name when they are known. */
export interface ViewableFile {
  id: string;
  kind?: 'image' | 'pdf' | 'video';
  name?: string;
}

const VAULT = '/api/v1/files';

/** Small pictures of files; a tap opens a photograph or video over the page, a paper in a tab of its own.
 *  base: the door that they are read through, when it is not the vault's own. */
export function FileView({ files, base = VAULT }: { files: ViewableFile[]; base?: string }) {
  const { t } = useTranslation('kit');
  const [open, setOpen] = useState<ViewableFile | null>(null);
  const address = (id: string) => `${base}/${id}`;
  return (
    <div className={classes.views}>
      {files.map((file, at) => (
        <One
          key={file.id}
          file={{ ...file, name: file.name || t('file.number', { number: at + 1 }) }}
          address={address(file.id)}
          onOpen={setOpen}
        />
      ))}
      <Modal opened={open !== null} onClose={() => setOpen(null)} size="xl" title={open?.name}>
        {open?.kind === 'video' ? (
          <video className={classes.full} src={address(open.id)} controls />
        ) : (
          open && <img className={classes.full} src={address(open.id)} alt={open.name} />
        )}
        {open && (
          <Group justify="flex-end" mt="sm">
            <Anchor href={address(open.id)} download={open.name} size="sm">
              <Group gap={4} component="span">
                <IconDownload size={16} aria-hidden /> {t('file.save')}
              </Group>
            </Anchor>
          </Group>
        )}
      </Modal>
    </div>
  );
}

interface OneProps {
  file: ViewableFile & { name: string };
  address: string;
  onOpen: (file: ViewableFile) => void;
}

function One({ file, address, onOpen }: OneProps) {
  const { t } = useTranslation('kit');
  // Of unknown kind: a photograph has a small picture, a paper has none and is opened by the browser.
  const [isImage, setIsImage] = useState(file.kind === undefined || file.kind === 'image');
  const label = t('file.open', { name: file.name });
  if (file.kind === 'video')
    return (
      <UnstyledButton className={classes.view} aria-label={label} title={file.name} onClick={() => onOpen(file)}>
        <IconMovie size={32} stroke={1.3} aria-hidden />
      </UnstyledButton>
    );
  if (!isImage)
    return (
      <a className={classes.view} href={address} target="_blank" rel="noreferrer" aria-label={label}>
        <IconFile size={32} stroke={1.3} aria-hidden />
      </a>
    );
  return (
    <UnstyledButton className={classes.view} aria-label={label} title={file.name} onClick={() => onOpen(file)}>
      <img src={`${address}/thumbnail`} alt={file.name} loading="lazy" onError={() => setIsImage(false)} />
    </UnstyledButton>
  );
}
