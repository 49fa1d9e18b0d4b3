import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';

export interface ChartTable {
  columns: string[];
  rows: (string | number)[][];
}

interface Props {
  title: string;
  /** The chart's answer in a sentence: what somebody who does not see it is told. */
  summary: string;
  /** The same numbers as a table. */
  table: ChartTable;
  actions?: ReactNode;
  children: ReactNode;
}

/** Title, answer, chart; one press turns it into the table of the same numbers. */
export function ChartFrame({ title, summary, table, actions, children }: Props) {
  const { t } = useTranslation('charts');
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const label = t(asTable ? 'as_chart' : 'as_table');
  return (
    <figure className={classes.frame} aria-labelledby={`${id}-title`} aria-describedby={`${id}-summary`}>
      <figcaption className={classes.caption}>
        <span className={classes.words}>
          <span id={`${id}-title`} className={classes.title}>
            {title}
          </span>
          <span id={`${id}-summary`} className={classes.summary}>
            {summary}
          </span>
        </span>
        <span className={classes.tools}>
          {actions}
          <Tooltip label={label}>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={label}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <IconChartLine size={16} /> : <IconTable size={16} />}
            </ActionIcon>
          </Tooltip>
        </span>
      </figcaption>
      {asTable ? <TableOf table={table} label={title} /> : children}
    </figure>
  );
}

function TableOf({ table, label }: { table: ChartTable; label: string }) {
  return (
    <div className={classes.tableScroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={column}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
