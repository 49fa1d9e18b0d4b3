import classes from './AuditPage.module.css';
import type { Field } from './details';

/** Fields with their names, those within a field indented below it. */
export function Fields({ fields }: { fields: Field[] }) {
  return (
    <dl className={classes.entry}>
      {fields.map((field) => (
        <div key={field.name} className={classes.field}>
          <dt>{field.label}</dt>
          <dd>{typeof field.value === 'string' ? field.value : <Fields fields={field.value} />}</dd>
        </div>
      ))}
    </dl>
  );
}
