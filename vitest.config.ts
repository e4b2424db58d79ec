import { defineConfig } from 'vitest/config';
import { vitePlugin as assets } from './scripts/assets.mjs';

export default defineConfig({
  plugins: [assets],
  test: { include: ['test/**/*.test.{ts,tsx}'] },
});
