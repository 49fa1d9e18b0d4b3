import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import { noonOf, type Figures } from '../types';

const STEADY = ['listed', 'asked', 'consented', 'refused', 'withdrawn', 'verified'] as const;

/** The totals against those of the day before. */
export function Changes({ figures }: { figures: Figures }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <section>
      <h2 className={classes.section}>{t('changes')}</h2>
      <div className={classes.scroll}>
        <table className={classes.figures}>
          <thead>
            <tr>
              <th scope="col">{t('count')}</th>
              {STEADY.map((name) => (
                <th key={name} scope="col">
                  {t(`column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>{format.date(noonOf(figures.before.day))}</td>
              {STEADY.map((name) => (
                <td key={name}>{format.number(figures.before[name])}</td>
              ))}
            </tr>
            <tr>
              <td>{format.date(noonOf(figures.day))}</td>
              {STEADY.map((name) => (
                <td key={name}>{format.number(figures.totals[name] ?? 0)}</td>
              ))}
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <td>{t('change')}</td>
              {STEADY.map((name) => {
                const change = (figures.totals[name] ?? 0) - figures.before[name];
                return (
                  <td key={name} className={classes.delta} data-sign={sign(change)}>
                    {change > 0 ? '+' : ''}
                    {format.number(change)}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function sign(change: number): string | undefined {
  if (change === 0) return undefined;
  return change > 0 ? 'up' : 'down';
}
