// Preloaded into the processes of `npm start`: they end when it is gone, even if it was killed and could say nothing.
// Plain JavaScript, because their threads preload it too, and know no TypeScript.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
