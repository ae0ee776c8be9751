using Coordinator.SiloHost;

return await StartUp.RunAsync(Arguments.Parse(args), Console.Out, Console.Error);
