/** A command to be copied: one click takes the whole of it, and where scripts run a button does. */

export function CommandBox({ command }: { command: string }) {
  return (
    <div class="command">
      <pre tabindex={0}>
        <code>{command}</code>
      </pre>
      <p class="copying">
        <button type="button" class="secondary" hidden>
          Copy the command
        </button>{' '}
        <span role="status" />
      </p>
    </div>
  );
}
