using Coordinator.SiloHost;

return await StartUp.RunAsync(() => SiloApp.Build(args).RunAsync());
