using Coordinator.Benchmarks;

return await BenchmarkCommands.Root().Parse(args).InvokeAsync();
