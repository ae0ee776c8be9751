namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>Who alters the table.</summary>
internal enum Actor
{
    /// <summary>Someone with a session of their own.</summary>
    Stranger,

    /// <summary>An update that goes through the coordinator.</summary>
    OwnUpdate,
}
