import type { RuleBody } from '../types';
import { ruleWords } from './body';
import classes from './rules.module.css';
import { useNames } from './useNames';

/** What a rule says, as one would say it. */
export function Sentences({ body, quiet = false }: { body: RuleBody; quiet?: boolean }) {
  const names = useNames();
  return (
    <div className={classes.sentences} data-quiet={quiet || undefined}>
      {ruleWords(body, names).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
