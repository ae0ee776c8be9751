namespace Coordinator.Clustering;

/// <summary>How silos agree on the location of a grain.</summary>
public enum GrainDirectoryKind
{
    /// <summary>Orleans' built-in directory: when a silo leaves, the entries that it kept for other silos are lost.</summary>
    Local,

    /// <summary>Orleans' distributed directory: entries are handed over, and grains of a silo that vanished wait for a lease.</summary>
    Distributed,
}
