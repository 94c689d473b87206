/** Preloaded into the processes of `npm start`: they end when it is gone, even if it was killed and could say nothing. */
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

export {};
