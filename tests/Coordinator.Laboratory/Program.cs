using Coordinator.Laboratory;

return await LaboratoryCommands.Root().Parse(args).InvokeAsync();
