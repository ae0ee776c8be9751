namespace Coordinator.RedshiftSimulator;

/// <summary>The kind of Redshift, which decides what system views can be read.</summary>
public enum RedshiftDeployment
{
    /// <summary>A cluster of nodes: all views.</summary>
    Provisioned,

    /// <summary>A workgroup: SVV and SYS views, and those of PG_CATALOG.</summary>
    Serverless,

    /// <summary>A cluster in two availability zones: SYS views, and those of PG_CATALOG.</summary>
    MultiAz,
}
