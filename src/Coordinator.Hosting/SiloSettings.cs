using Coordinator.Clustering;
using Coordinator.Grains;
using Coordinator.Locking;
using Coordinator.Settings;
using Coordinator.Warehouse.DuckDb;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Hosting;

/// <summary>All settings of a silo, of every room, read once before anything is composed.</summary>
public sealed record SiloSettings
{
    /// <summary>The section that all settings are below.</summary>
    public const string Root = "Coordinator";

    // The settings of client-host: both hosts may read one file or one environment.
    private static readonly string[] ClientSections = [Root + ":Client", Root + ":Http", Root + ":Jobs"];

    /// <summary>Where the silo listens.</summary>
    public required SiloOptions Silo { get; init; }

    /// <summary>How silos find each other.</summary>
    public required ClusteringOptions Clustering { get; init; }

    /// <summary>Where locks are kept.</summary>
    public required LockingOptions Locking { get; init; }

    /// <summary>The limits of the grains.</summary>
    public required GrainsOptions Grains { get; init; }

    /// <summary>Which warehouse.</summary>
    public required WarehouseOptions Warehouse { get; init; }

    /// <summary>DuckDB's settings, of use if it is the warehouse.</summary>
    public required DuckDbWarehouseOptions DuckDb { get; init; }

    /// <summary>PostgreSQL's settings, of use if it is the warehouse.</summary>
    public required PostgresWarehouseOptions Postgres { get; init; }

    /// <summary>Redshift's settings, of use if it is the warehouse.</summary>
    public required RedshiftWarehouseOptions Redshift { get; init; }

    /// <summary>Reads all settings; there must be no mistake.</summary>
    /// <exception cref="OptionsValidationException">It names every mistake of every room.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = Read(reader);
        reader.ThrowIfWrong();
        return settings;
    }

    /// <summary>Reads all settings; the reader collects the mistakes.</summary>
    public static SiloSettings Read(SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var clustering = ClusteringOptions.Read(reader);
        var silo = reader.Read(SiloOptions.Section, new SiloOptionsValidator(clustering.Provider));
        var warehouse = reader.Read(WarehouseOptions.Section, new WarehouseOptionsValidator());
        var (duckDb, postgres, redshift) = ReadWarehouse(reader, warehouse, silo.Name);
        var locking = reader.Bind(LockingOptions.Section, new LockingOptions());
        new EnyimAlias(reader.Configuration).PostConfigure(null, locking);
        reader.Check(new LockingOptionsValidator(), locking);
        var grains = reader.Bind(GrainsOptions.Section, WarehouseDefaults.Apply(warehouse.Provider, new GrainsOptions()));
        reader.Check(new GrainsOptionsValidator(), grains);
        foreach (var section in ClientSections) reader.KnowSection(section);
        reader.CheckUnknown(Root);
        return new SiloSettings
        {
            Silo = silo,
            Clustering = clustering,
            Locking = locking,
            Grains = grains,
            Warehouse = warehouse,
            DuckDb = duckDb,
            Postgres = postgres,
            Redshift = redshift,
        };
    }

    /// <summary>Names the sections of a silo for a program that does not read them.</summary>
    public static void Know(SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Know<SiloOptions>(SiloOptions.Section);
        reader.Know<ClusteringOptions>(ClusteringOptions.Section);
        reader.Know<WarehouseOptions>(WarehouseOptions.Section);
        reader.Know<DuckDbWarehouseOptions>(DuckDbWarehouseOptions.Section);
        reader.Know<PostgresWarehouseOptions>(PostgresWarehouseOptions.Section);
        reader.Know<RedshiftWarehouseOptions>(RedshiftWarehouseOptions.Section);
        reader.Know<LockingOptions>(LockingOptions.Section);
        reader.Know<GrainsOptions>(GrainsOptions.Section);
    }

    /// <summary>Values of every warehouse's section must be readable; the rules apply to the chosen warehouse.</summary>
    private static (DuckDbWarehouseOptions, PostgresWarehouseOptions, RedshiftWarehouseOptions) ReadWarehouse(
        SettingsReader reader, WarehouseOptions warehouse, string siloName)
    {
        CheckProvider(reader, WarehouseProvider.Postgres, PostgresWarehouseOptions.Section);
        CheckProvider(reader, WarehouseProvider.Redshift, RedshiftWarehouseOptions.Section);
        var duckDb = reader.Bind(DuckDbWarehouseOptions.Section, new DuckDbWarehouseOptions());
        var postgres = reader.Bind(PostgresWarehouseOptions.Section, new PostgresWarehouseOptions());
        var redshift = reader.Bind(RedshiftWarehouseOptions.Section, new RedshiftWarehouseOptions());
        WarehouseDefaults.Apply(warehouse, duckDb);
        WarehouseDefaults.Apply(warehouse, siloName, postgres);
        WarehouseDefaults.Apply(warehouse, siloName, redshift);
        if (warehouse.Provider == WarehouseProvider.DuckDb) reader.Check(new DuckDbOptionsValidator(), duckDb);
        if (warehouse.Provider == WarehouseProvider.Postgres) reader.Check(new PostgresOptionsValidator(), postgres);
        if (warehouse.Provider == WarehouseProvider.Redshift) reader.Check(new RedshiftOptionsValidator(), redshift);
        return (duckDb, postgres, redshift);
    }

    /// <summary>Settings of a warehouse without a Provider would start the embedded one, without a word.</summary>
    private static void CheckProvider(SettingsReader reader, WarehouseProvider provider, string section)
    {
        var given = reader.Configuration.GetSection(section).AsEnumerable().FirstOrDefault(static pair => pair.Value is not null).Key;
        if (given is not null) reader.CheckBeside(given, $"{WarehouseOptions.Section}:{nameof(WarehouseOptions.Provider)}", provider.ToString());
    }
}
