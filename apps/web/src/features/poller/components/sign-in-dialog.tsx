import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { DialogEnd } from '../../../components/ui/dialog-end.tsx';
import { Modal } from '../../../components/ui/modal.tsx';
import { useSay } from '../../../components/ui/toasts.tsx';
import { messageOf } from '../../../lib/http.ts';
import { signInQuery, useSignIn } from '../api/sign-in.ts';
import styles from './sign-in-dialog.module.css';

/** Leads through a sign-in at Schwab: a link out, and a field for the address that it led to. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery(signInQuery);
  return (
    <Modal title="Sign in at Schwab" onClose={onClose}>
      <div className={styles.dialog}>{body()}</div>
    </Modal>
  );

  function body(): ReactNode {
    if (data === undefined) return <p role="status">{error === null ? 'Asking for a link…' : messageOf(error)}</p>;
    if (data.link === null) return <p>{data.explanation}</p>;
    return <SignInForm link={data.link} explanation={data.explanation} onClose={onClose} />;
  }
}

function SignInForm(props: { link: string; explanation: string; onClose: () => void }) {
  const { link, explanation, onClose } = props;
  const say = useSay();
  const signIn = useSignIn();
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const first = useRef<HTMLAnchorElement>(null);
  // The dialog opened before the link was there.
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const redirect = new FormData(form).get('redirect');
    if (signIn.isPending) return;
    if (typeof redirect !== 'string' || redirect.trim() === '') {
      setProblem('Paste the whole address of the page that you ended up on.');
      return;
    }
    setProblem(null);
    try {
      const { text, isSignedIn } = await signIn.mutateAsync({ redirect: redirect.trim() });
      // A code works once: what was pasted is of no more use.
      form.reset();
      if (isSignedIn) {
        say('sign-in', text);
        onClose();
      } else setProblem(text);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <p>{explanation}</p>
      <p>
        <a className="button" href={link} target="_blank" rel="noreferrer" ref={first}>
          Open Schwab’s page <span aria-hidden="true">↗</span>
          <span className="visually-hidden">in a new tab</span>
        </a>
      </p>
      <label>
        Address of the page that you ended up on
        <input
          name="redirect"
          autoComplete="off"
          spellCheck={false}
          maxLength={4000}
          placeholder="https://127.0.0.1/?code=…"
          aria-describedby={problemId}
          aria-invalid={problem !== null}
        />
      </label>
      <DialogEnd
        problemId={problemId}
        problem={problem}
        action="Sign in"
        isWaiting={signIn.isPending}
        onCancel={onClose}
      />
    </form>
  );
}
