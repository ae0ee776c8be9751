using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator.Storage;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>COPY from the S3 stand-in.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SimulatorCopyTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const string From = "COPY events (id, name) FROM 's3://bucket/stage/manifest' IAM_ROLE 'arn:aws:iam::1:role/load' MANIFEST FORMAT AS "
        + "CSV GZIP NULL AS '~null~' TIMEFORMAT 'auto' STATUPDATE OFF COMPUPDATE OFF";

    private readonly ObjectStore _store = ObjectStore.Start();
    private static readonly HttpClient Http = new();
    private SimulatedRedshift _redshift = null!;

    public async Task InitializeAsync()
    {
        _redshift = await SimulatedRedshift.StartAsync(fixture.Server, configure: options => options with { S3Folder = _store.Folder });
        await _redshift.RunAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40))");
    }

    public async Task DisposeAsync()
    {
        await _redshift.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Files_of_a_manifest_are_loaded_in_one_transaction_with_what_else_it_writes()
    {
        await StageAsync("1,\"a\"\n2,~null~\n", "3,\"with \"\"quotes\"\",\nand lines\"\n4,\"\"\n");
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, From);
            Assert.Equal(4L, await new NpgsqlCommand("SELECT pg_last_copy_count()", connection).ExecuteScalarAsync());
            await transaction.RollbackAsync();
        }

        Assert.Equal(0L, await _redshift.AskBehindAsync("SELECT count(*) FROM events"));
        await _redshift.RunAsync(From);
        Assert.Equal("1:a|2:-|3:with \"quotes\",\nand lines|4:",
            await _redshift.AskBehindAsync("SELECT string_agg(id || ':' || coalesce(name, '-'), '|' ORDER BY id) FROM events"));
        Assert.Empty(_redshift.Server.Refused);
    }

    [Fact]
    public async Task A_row_that_does_not_load_is_in_the_system_table_by_file_and_line()
    {
        await StageAsync("1,\"a\"\n", "2,\"b\"\nthree,\"c\"\n");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => _redshift.RunAsync(From));
        Assert.Equal(("XX000", "Load into table 'events' failed.  Check 'stl_load_errors' system table for details."),
            (failure.SqlState, failure.MessageText));
        Assert.Equal("s3://bucket/stage/1.csv.gz 2 id",
            await _redshift.AskAsync("SELECT trim(filename) || ' ' || line_number || ' ' || trim(colname) FROM stl_load_errors"));
        Assert.Equal(0L, await _redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData("COPY events FROM 's3://bucket/stage/manifest' MANIFEST CSV GZIP", "Invalid credentials")]
    [InlineData("COPY events FROM 's3://bucket/stage/manifest' IAM_ROLE default CSV NONSENSE", "syntax error at or near \"NONSENSE\"")]
    [InlineData("COPY events FROM 's3://bucket/nothing' IAM_ROLE default MANIFEST CSV", "does not exist")]
    public async Task What_cannot_be_loaded_is_refused(string sql, string message)
    {
        await StageAsync("1,\"a\"\n");
        Assert.Contains(message, (await Assert.ThrowsAsync<PostgresException>(() => _redshift.RunAsync(sql))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_keeps_gives_lists_and_forgets_objects()
    {
        await StageAsync("1,\"a\"\n");
        Assert.Equal(["stage/0.csv.gz", "stage/manifest"], _store.Keys("bucket"));
        Assert.Contains("stage/manifest", await Http.GetStringAsync($"{_store.Url}/bucket?list-type=2&prefix=stage/m"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync($"{_store.Url}/bucket/stage/manifest")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync($"{_store.Url}/bucket/stage/manifest")).StatusCode);
        await Http.PostAsync($"{_store.Url}/bucket?delete", new StringContent("<Delete><Object><Key>stage/0.csv.gz</Key></Object></Delete>"));
        Assert.Empty(_store.Keys("bucket"));
    }

    private async Task StageAsync(params string[] files)
    {
        var entries = new List<object>();
        for (var i = 0; i < files.Length; i++)
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(
                Encoding.UTF8.GetBytes(files[i]));
            await PutAsync($"stage/{i}.csv.gz", packed.ToArray());
            entries.Add(new { url = $"s3://bucket/stage/{i}.csv.gz", mandatory = true });
        }

        await PutAsync("stage/manifest", JsonSerializer.SerializeToUtf8Bytes(new { entries }));
    }

    private async Task PutAsync(string key, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        (await Http.PutAsync($"{_store.Url}/bucket/{key}", body)).EnsureSuccessStatusCode();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
