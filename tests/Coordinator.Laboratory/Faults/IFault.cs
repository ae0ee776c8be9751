namespace Coordinator.Laboratory.Faults;

/// <summary>A failure in a running cluster.</summary>
internal interface IFault
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>A description.</summary>
    string Title { get; }

    /// <summary>Causes the failure and repairs it. The experiment restarts silos that ended or were cut off.</summary>
    Task StrikeAsync(Scene scene);
}
