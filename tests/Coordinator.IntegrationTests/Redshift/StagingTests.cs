using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator.Storage;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Redshift;
using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Large batches as files in S3: which files exist when, which are deleted, and how errors of COPY are translated.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StagingTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly TableName Events = TableName.Parse("events");
    private static readonly RowSchema Columns = new(("id", ColumnType.Int64), ("name", ColumnType.Text));

    private readonly ObjectStore _store = ObjectStore.Start();
    private SimulatedRedshift _redshift = null!;

    public async Task InitializeAsync()
    {
        _redshift = await SimulatedRedshift.StartAsync(fixture.Server, configure: options => options with { S3Folder = _store.Folder });
        await _redshift.RunBehindAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40))");
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(_redshift.Server.Refused);
        await _redshift.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_large_batch_is_one_copy_of_files_named_by_it_which_are_gone_after_the_commit()
    {
        await using var services = Services(static staging =>
            (staging.FromBytes, staging.FileBytes, staging.Prefix) = (100_000, 64 * 1024, "loads/prod"));
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, Intent(schema, 1, 10)), default);
        Assert.DoesNotContain(_redshift.Server.Log, IsCopy);

        IReadOnlyList<string> during = [];
        var batch = Batch(schema, Intent(schema, 2, 20_000), Intent(schema, 3, 5_000)) with
        {
            MayCommit = _ => ValueTask.FromResult((during = _store.Keys(Staged.Bucket)).Count > 0)
        };
        await warehouse.CommitAsync(batch, default);
        var folder = $"loads/prod/{batch.BatchId:N}";
        Assert.InRange(during.Count, 3, 20);
        Assert.Equal([.. Enumerable.Range(0, during.Count - 1).Select(i => $"{folder}/{i:0000}.csv.gz"), $"{folder}/manifest"], during);
        Assert.Empty(_store.Keys(Staged.Bucket));
        Assert.Single(_redshift.Server.Log, IsCopy);
        Assert.Equal(25_010L, await _redshift.AskBehindAsync("SELECT count(*) FROM events"));
        Assert.Equal(2L, await _redshift.AskBehindAsync("SELECT count(DISTINCT batch_id) FROM coordinator.\"public.events\""));
    }

    [Fact]
    public async Task What_the_ledger_has_is_not_loaded_again()
    {
        await using var services = Services();
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        var known = Intent(schema, 1, 3);
        await warehouse.CommitAsync(Batch(schema, known), default);
        Assert.Single((await warehouse.CommitAsync(Batch(schema, known, Intent(schema, 2, 4)), default)).Already);
        Assert.Equal(7L, await _redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_row_that_does_not_load_is_rejected_by_row_and_column()
    {
        await using var services = Services(static staging => staging.FileBytes = 64 * 1024);
        var warehouse = services.GetRequiredService<IWarehouse>();
        await _redshift.RunBehindAsync("ALTER TABLE events ALTER COLUMN name TYPE varchar(20)");
        // As if binding had not checked the lengths of the rows.
        var schema = await warehouse.OpenAsync(Events, default);
        schema = new TableSchema(Events, [.. schema.Columns.Select(static column => column with { MaxLength = 40 })], schema.Fingerprint);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            warehouse.CommitAsync(Batch(schema, Intent(schema, 1, 10_000, static i => i == 8_765 ? "as long as twenty-one" : "short")), default));
        Assert.Equal((FailureKind.Rejected, FailureCause.RejectedRow, "name", 8_766L), (failure.Kind, failure.Cause, failure.Column, failure.Row));
        Assert.Contains("too long", failure.Message, StringComparison.Ordinal);

        // Lines are not rows here, and the error must not name a wrong row.
        failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            warehouse.CommitAsync(Batch(schema, Intent(schema, 2, 10, static i => i == 5 ? "as long as twenty-one" : "a\nb")), default));
        Assert.Equal(("name", 0L), (failure.Column, failure.Row));
        Assert.Empty(_store.Keys(Staged.Bucket));
        Assert.Equal(0L, await _redshift.AskBehindAsync("SELECT count(*) FROM coordinator.\"public.events\""));
    }

    [Theory]
    [InlineData(StagingEncryption.Bucket, "", "")]
    [InlineData(StagingEncryption.S3, "", "AES256")]
    [InlineData(StagingEncryption.Kms, "arn:aws:kms:eu-west-1:123456789012:key/k", "aws:kms arn:aws:kms:eu-west-1:123456789012:key/k")]
    public async Task Files_are_encrypted_as_asked(StagingEncryption encryption, string key, string expected)
    {
        await using var services = Services(staging =>
            (staging.Encryption, staging.KmsKeyId, staging.IamRole) = (encryption, key, "arn:aws:iam::123456789012:role/redshift-copy"));
        var warehouse = services.GetRequiredService<IWarehouse>();
        await warehouse.CommitAsync(Batch(await warehouse.OpenAsync(Events, default), Intent(await warehouse.OpenAsync(Events, default), 1, 3)),
            default);
        Assert.Equal(2, _store.Encryptions.Count);
        Assert.All(_store.Encryptions.Values, found => Assert.Equal(expected, found));
        Assert.Contains("IAM_ROLE 'arn:aws:iam::123456789012:role/redshift-copy'", Assert.Single(_redshift.Server.Log, IsCopy),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_deleted_by_its_age()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var services = Services(time: clock);
        Directory.CreateDirectory(Path.Combine(_store.Folder, Staged.Bucket, "coordinator/old"));
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, Staged.Bucket, "coordinator/old/manifest"), "{}");
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, Staged.Bucket, "others"), "not ours");
        var sweep = services.GetServices<IHostedService>().OfType<StagingSweep>().Single();
        await sweep.StartAsync(default);
        Assert.Equal(["coordinator/old/manifest", "others"], _store.Keys(Staged.Bucket));
        clock.Advance(TimeSpan.FromHours(25));
        await Eventually.TrueAsync("the sweep finds it", _ => Task.FromResult(_store.Keys(Staged.Bucket) is ["others"]));
        await sweep.StopAsync(default);
    }

    [Fact]
    public async Task Without_S3_nothing_is_written_and_the_failure_says_why()
    {
        await using var services = Services(static staging => staging.Endpoint = "http://127.0.0.1:9");
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(schema, Intent(schema, 1, 3)), default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Staging), (failure.Kind, failure.Cause));
        Assert.StartsWith("S3 did not take or give a file of bucket staging", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_batch_with_a_value_that_no_INSERT_takes_is_loaded_by_COPY()
    {
        await _redshift.RunBehindAsync("CREATE TABLE documents (id bigint, body jsonb)");
        await using var services = Services(static staging => staging.FromBytes = 10_000_000);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(TableName.Parse("documents"), default);
        await warehouse.CommitAsync(Batch(schema, LargeValueTests.Document(schema, 1, 70_000)), default);
        Assert.Contains(_redshift.Server.Log, IsCopy);
        Assert.Equal(70_000L, await _redshift.AskBehindAsync("SELECT length(body #>> '{}')::bigint FROM documents"));
    }

    private static bool IsCopy(string sql) => sql.StartsWith("COPY ", StringComparison.Ordinal);

    private ServiceProvider Services(Action<StagingOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging();
        if (time is not null) services.AddSingleton(time);
        return services.AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = _redshift.ConnectionString;
            Staged.Configure(options, _store);
            configure?.Invoke(options.Staging);
        }).BuildServiceProvider();
    }

    private static InsertIntent Intent(TableSchema schema, long sequence, int rows, Func<int, string>? name = null)
    {
        var block = new RowBlockBuilder(Columns);
        for (var i = 0; i < rows; i++)
        {
            block[0].Append((long)i);
            block[1].Append(name?.Invoke(i) ?? $"name \"{i}\", and more");
        }

        return new InsertIntent
        {
            Id = new IntentId(new Guid(7, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]), sequence),
            Table = schema.Table,
            Rows = RowBinder.Bind(block.Build(), schema).Rows!
        };
    }

    private static InsertBatch Batch(TableSchema schema, params InsertIntent[] intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("activation1"),
        Intents = intents,
        MayCommit = static _ => ValueTask.FromResult(true),
    };
}
