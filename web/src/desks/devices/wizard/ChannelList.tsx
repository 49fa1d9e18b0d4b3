import { Checkbox, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KINDS, PLACEMENTS } from '@/api/types';
import { BilingualInput, useFormat } from '@/kit';
import type { Choice } from './channels';
import classes from './ChannelList.module.css';

interface Props {
  choices: Choice[];
  /** Numbers of those whose names are missing. */
  missing: number[];
  onChange: (number: number, part: Partial<Choice>) => void;
}

/** Channels as they were found; a ticked one becomes a camera and asks for its names. */
export function ChannelList({ choices, missing, onChange }: Props) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  return (
    <ul className={classes.list} aria-label={t('wizard.channel_list')}>
      {choices.map((one) => (
        <li key={one.number} className={classes.channel} data-chosen={one.chosen || undefined}>
          <Checkbox
            checked={one.chosen}
            onChange={() => onChange(one.number, { chosen: !one.chosen })}
            label={`${format.number(one.number)} · ${one.found?.name || t('wizard.channel', { number: format.number(one.number) })}`}
            description={[
              one.found &&
                `${one.found.main.codec.toUpperCase()} ${one.found.main.width_px}×${one.found.main.height_px}`,
              one.subUrl && t('wizard.has_sub'),
              one.found?.ptz && t('ability.ptz'),
              !one.found && one.url,
            ]
              .filter(Boolean)
              .join(' · ')}
          />
          {one.chosen && (
            <div className={classes.fields}>
              <BilingualInput
                label={t('wizard.name')}
                value={one.name}
                error={missing.includes(one.number) ? t('wizard.need_names') : undefined}
                onChange={(name) => onChange(one.number, { name })}
              />
              <SimpleGrid cols={2} spacing="sm">
                <Select
                  label={t('wizard.placement')}
                  allowDeselect={false}
                  data={PLACEMENTS.map((value) => ({ value, label: t(`registry:placement.${value}`) }))}
                  value={one.placement}
                  onChange={(placement) => placement && onChange(one.number, { placement })}
                />
                <Select
                  label={t('wizard.kind')}
                  allowDeselect={false}
                  data={KINDS.map((value) => ({ value, label: t(`registry:kind.${value}`) }))}
                  value={one.kind}
                  onChange={(kind) => kind && onChange(one.number, { kind })}
                />
              </SimpleGrid>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
