import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import type { Figures } from '../types';

const SHOWN_MOST = 50;

/** Cameras that nobody saw live for a day, and why; and why owners refused today. */
export function Down({ figures }: { figures: Figures }) {
  const { t } = useTranslation(['reports', 'kit']);
  const format = useFormat();
  const why = (code: string) => (code ? t(`kit:reason.${code}`, code) : t('never_proved'));
  const { down, refusals } = figures;
  return (
    <>
      {refusals.length > 0 && (
        <section>
          <h2 className={classes.section}>{t('refusals')}</h2>
          {refusals.map((one) => (
            <Text key={one.reason.en} size="sm">
              {format.name(one.reason)}: {format.number(one.premises)}
            </Text>
          ))}
        </section>
      )}
      {down && down.count > 0 && (
        <section>
          <h2 className={classes.section}>{t('down', { number: format.number(down.count) })}</h2>
          <Text size="sm" mb="xs">
            {Object.entries(down.reasons)
              .sort(([, one], [, other]) => other - one)
              .map(([code, count]) => `${why(code)}: ${format.number(count)}`)
              .join(' · ')}
          </Text>
          <div className={classes.scroll}>
            <table className={classes.figures}>
              <thead>
                <tr>
                  <th scope="col">{t('camera')}</th>
                  <th scope="col" className={classes.words}>
                    {t('class')}
                  </th>
                  <th scope="col" className={classes.words}>
                    {t('since')}
                  </th>
                  <th scope="col" className={classes.words}>
                    {t('why')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {down.cameras.slice(0, SHOWN_MOST).map((one) => (
                  <tr key={one.id}>
                    <td>
                      <Link to={`/cameras/${one.id}`}>
                        {one.reg_id} {format.name(one.name)}
                      </Link>
                    </td>
                    <td className={classes.words}>{format.name(figures.classes[one.class]?.name) || one.class}</td>
                    <td className={classes.words}>{format.dateTime(one.since_ms)}</td>
                    <td className={classes.words}>{why(one.reason)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {down.count > SHOWN_MOST && (
            <Text size="xs" c="dimmed" mt={4}>
              {t('down_more', { number: format.number(down.count - Math.min(down.cameras.length, SHOWN_MOST)) })}
            </Text>
          )}
        </section>
      )}
    </>
  );
}
