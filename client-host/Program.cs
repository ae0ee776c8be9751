using Coordinator.ClientHost.Commands;

var (settings, rest) = SettingArguments.Split(args);
var context = new CommandContext(settings, Console.OpenStandardInput(), Console.Out, Console.Error);
return await new CommandLineApp(
    context,
    new ServeCommand(context),
    new InsertCommand(context),
    new UpdateCommand(context),
    new JobsCommand(context),
    new TopCommand(context),
    new AuditCommand(context),
    new DoctorCommand(context),
    new DemoCommand(context)).RunAsync(rest);
