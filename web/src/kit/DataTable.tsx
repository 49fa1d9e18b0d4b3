import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';

export interface Column<Row> {
  id: string;
  header: string;
  /** CSS grid track, e.g. "120px" or "minmax(180px, 2fr)". */
  width: string;
  render: (row: Row) => ReactNode;
  /** Name by which the API sorts it; not sortable without. */
  sort?: string;
  align?: 'end';
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** "name" or "-name" */
  sort?: string;
  onSort?: (sort: string) => void;
  onOpen?: (row: Row) => void;
  /** Called when the end comes into sight and more can be read. */
  onMore?: () => void;
  hasMore?: boolean;
  /** Data to drag out of a row. */
  drag?: (row: Row) => { type: string; value: string };
  empty?: ReactNode;
}

const ROW_PX = 38;

/** A table that draws only what is in sight, walked with the arrow keys, opened with Enter. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowId, sort, onSort, onOpen, onMore, hasMore = false, drag } = props;
  const { t } = useTranslation('kit');
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const virtual = useVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - 30) onMore?.();
  }, [hasMore, last, onMore, rows.length]);

  const move = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    setCursor(at);
    virtual.scrollToIndex(at);
  };
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, j: 1, k: -1 };
    const row = rows[cursor];
    if (event.key in steps && !event.ctrlKey && !event.metaKey) move(cursor + (steps[event.key] ?? 0));
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(rows.length - 1);
    else if (event.key === 'Enter' && row && event.target === event.currentTarget) onOpen?.(row);
    else return;
    event.preventDefault();
  };

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <div className={classes.head} role="row" style={template}>
        {columns.map((column) => {
          const active = sort === column.sort || sort === `-${column.sort}`;
          const down = sort === `-${column.sort}`;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classes.headCell}
              data-align={column.align}
              aria-sort={active && column.sort ? (down ? 'descending' : 'ascending') : undefined}
            >
              {column.sort && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(active && !down ? `-${column.sort}` : (column.sort ?? ''))}
                >
                  {column.header}
                  {active && (down ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
      {rows.length === 0 && !hasMore && props.empty}
      <div className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const row = rows[index];
          const style = { ...template, transform: `translateY(${start}px)`, height: ROW_PX };
          if (!row)
            return (
              <div key="more" className={classes.row} style={style} role="row" aria-busy>
                <span className={classes.cell}>{t('loading')}…</span>
              </div>
            );
          return (
            <div
              key={rowId(row)}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              style={style}
              data-cursor={index === cursor || undefined}
              data-opens={onOpen ? true : undefined}
              draggable={drag !== undefined}
              onDragStart={(event) => {
                const data = drag?.(row);
                if (data) event.dataTransfer.setData(data.type, data.value);
              }}
              onClick={() => {
                setCursor(index);
                onOpen?.(row);
              }}
            >
              {columns.map((column) => (
                <span key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
                  {column.render(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
