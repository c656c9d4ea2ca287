import { createContext } from 'svelte';
import type { CheckpointState } from './checkpoint.svelte';

/** The checkpoint in hand, shared by the pages of one visit. */
export const [getCheckpoint, setCheckpoint] = createContext<CheckpointState>();
