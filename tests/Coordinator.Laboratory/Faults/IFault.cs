namespace Coordinator.Laboratory.Faults;

/// <summary>Something that goes wrong in a running cluster.</summary>
internal interface IFault
{
    /// <summary>How a command line names it.</summary>
    string Name { get; }

    /// <summary>What happens, in words.</summary>
    string Title { get; }

    /// <summary>Does it, and mends it. Silos that ended or were cut off are started anew afterwards by whoever asked for it.</summary>
    Task StrikeAsync(Scene scene);
}
