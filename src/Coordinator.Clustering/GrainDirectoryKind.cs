namespace Coordinator.Clustering;

/// <summary>How silos agree where a grain is.</summary>
public enum GrainDirectoryKind
{
    /// <summary>Orleans' built-in directory: a silo's departure drops the entries that it kept for others.</summary>
    Local,

    /// <summary>Orleans' distributed directory: entries are handed over, and a silo that vanished is waited for.</summary>
    Distributed,
}
