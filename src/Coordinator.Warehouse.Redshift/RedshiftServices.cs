using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Ledgers;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Registration.</summary>
public static class RedshiftServices
{
    /// <summary>Makes Redshift the warehouse.</summary>
    public static IServiceCollection AddRedshiftWarehouse(this IServiceCollection services, Action<RedshiftWarehouseOptions> configure)
    {
        services.AddOptions<RedshiftWarehouseOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedshiftWarehouseOptions>, RedshiftOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new StagingArea(
            provider.GetRequiredService<IOptions<RedshiftWarehouseOptions>>().Value.Staging, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StagingArea>>()));
        services.AddHostedService<StagingSweep>();
        services.AddSingleton<IWarehouse, RedshiftWarehouse>();
        services.AddSingleton(static provider => CreateLogins(
            provider.GetRequiredService<IOptions<RedshiftWarehouseOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LoginCache>>()));
        services.AddSingleton<ILedgerReader>(static provider =>
        {
            var sources = new DataSources(
                provider.GetRequiredService<IOptions<RedshiftWarehouseOptions>>().Value, provider.GetRequiredService<Logins>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
            var pool = sources.ForOwnStatements();
            return new LedgerReader(pool.OpenConnectionAsync, pool, CatalogReader.LedgersAsync, WarehouseFailure.Of);
        });
        return services;
    }

    /// <summary>The logins of the settings. They fetch nothing before the first is needed.</summary>
    internal static Logins CreateLogins(RedshiftWarehouseOptions options, TimeProvider time, ILogger<LoginCache> logger)
    {
        var given = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        return options.CredentialsInUse switch
        {
            CredentialKind.Iam => Fetched(new IamLogins(options.Login, given, time)),
            CredentialKind.SecretsManager => Fetched(new SecretLogins(options.Login, given, time)),
            CredentialKind.File => new Logins($"the file {options.PasswordFile}"),
            _ => new Logins("the connection string"),
        };

        Logins Fetched(ILoginSource source) => new(source.Name, new LoginCache(source, time, logger));
    }
}
