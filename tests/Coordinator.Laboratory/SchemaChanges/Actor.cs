namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>The origin of a schema change.</summary>
internal enum Actor
{
    /// <summary>A session outside the coordinator.</summary>
    Stranger,

    /// <summary>An update through the coordinator.</summary>
    OwnUpdate,
}
