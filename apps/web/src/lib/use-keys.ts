import { useEffect, useRef } from 'react';

type KeyActions = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Runs an action when its key is pressed anywhere on the page: not while the person types into a field, has a dialog
 * open, or holds a modifier, which belongs to the browser. A checkbox is no field: nothing can be typed into it.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type="checkbox"]), select, textarea, dialog, [contenteditable]') !== null
  );
}
