using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The contract on Redshift Serverless, which refuses STV views and whose sessions are behind a proxy, as strangers have it: over TLS, with
/// passwords of IAM that expire all the time, an idle drop, and a user who is no superuser and has the documented grants only.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftServerlessContractTests(PostgresFixture fixture)
    : RedshiftContractTests(fixture, IsolationLevel.Snapshot), IAsyncDisposable
{
    private readonly string _user = $"loader{Guid.NewGuid():N}";
    private AwsLogins? _logins;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (_logins is not null) await _logins.DisposeAsync();
    }

    private protected override async Task<(SimulatedRedshift Redshift, ServiceProvider Services)> StartAsync(
        Func<Func<SimulatorOptions, SimulatorOptions>, Task<SimulatedRedshift>> start)
    {
        _logins = await AwsLogins.StartAsync(configure => start(options => configure(options) with
        {
            Deployment = RedshiftDeployment.Serverless,
            DatabaseUser = _user,
            ForgetsAfter = TimeSpan.FromSeconds(5),
        }));
        _logins.Aws.PasswordLife = TimeSpan.FromSeconds(3);
        var redshift = _logins.Redshift;
        // The tables are the tests' own, and made later: docs/first-day.md grants the same on each.
        await redshift.RunBehindAsync(
            $"CREATE ROLE {_user} LOGIN; GRANT CREATE ON DATABASE {await redshift.AskBehindAsync("SELECT current_database()")} TO {_user}; "
            + $"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {_user}; "
            + $"ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO {_user}");
        return (redshift, _logins.Services(CredentialKind.Iam, _logins.Connection(isPooled: true), options =>
        {
            options.Login.Workgroup = "contract";
            Configure(options);
        }));
    }
}
