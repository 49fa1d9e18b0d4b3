import { ActionIcon, Button, Group, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import type { Invitation, Meeting } from '../types';

const STATES: Invitation['attendance'][] = ['invited', 'present', 'represented', 'absent'];

interface Props {
  meeting: Meeting;
  open: boolean;
  save: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** Who was called and who came; each line saves itself. */
export function Attendance({ meeting, open, save }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const [department, setDepartment] = useState<string | null>(null);
  const invited = new Set(meeting.invitations.map((one) => one.department));
  const add = async () => {
    if (department && (await save(() => api.post(`/review-meetings/${meeting.id}/invitations`, { department }))))
      setDepartment(null);
  };
  return (
    <>
      {meeting.invitations.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('attendance.none')}
        </Text>
      )}
      {meeting.invitations.map((one) => (
        <div key={one.id} className={classes.invited}>
          <span>{format.name(one.name)}</span>
          {open ? (
            <>
              <Select
                size="xs"
                aria-label={`${t('attendance.title')}: ${format.name(one.name)}`}
                allowDeselect={false}
                disabled={meeting.state === 'planned'}
                data={STATES.map((state) => ({ value: state, label: t(`attendance.${state}`) }))}
                value={one.attendance}
                onChange={(attendance) => void save(() => api.patch(`/review-invitations/${one.id}`, { attendance }))}
              />
              <TextInput
                size="xs"
                maxLength={200}
                aria-label={`${t('attendance.person')}: ${format.name(one.name)}`}
                placeholder={t('attendance.person')}
                defaultValue={one.person}
                onBlur={(event) => {
                  const person = event.currentTarget.value.trim();
                  if (person !== one.person) void save(() => api.patch(`/review-invitations/${one.id}`, { person }));
                }}
              />
              <Tooltip label={t('attendance.remove')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('attendance.remove')}: ${format.name(one.name)}`}
                  onClick={() => void save(() => api.delete(`/review-invitations/${one.id}`))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </>
          ) : (
            <>
              <span>{t(`attendance.${one.attendance}`)}</span>
              <span>{one.person}</span>
            </>
          )}
        </div>
      ))}
      {open && (
        <Group gap={8} mt="xs">
          <Select
            size="xs"
            w={240}
            searchable
            clearable
            aria-label={t('attendance.add')}
            placeholder={t('attendance.add')}
            data={departments
              .filter((one) => !invited.has(one.code))
              .map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={department}
            onChange={setDepartment}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={!department}
            onClick={() => void add()}
          >
            {t('attendance.invite')}
          </Button>
        </Group>
      )}
    </>
  );
}
