using Coordinator.IntegrationTests.Warehouses;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>The statements that the simulator accepts and refuses, with an ordinary client.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SimulatorDialectTests(PostgresFixture fixture) : IAsyncLifetime
{
    private SimulatedRedshift _redshift = null!;

    public async Task InitializeAsync()
    {
        _redshift = await SimulatedRedshift.StartAsync(fixture.Server);
        await _redshift.RunAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40)) DISTSTYLE EVEN COMPOUND SORTKEY (id, name)");
    }

    public async Task DisposeAsync() => await _redshift.DisposeAsync();

    [Theory]
    [InlineData("INSERT INTO events VALUES (1, 'a') RETURNING id", "42601")]
    [InlineData("INSERT INTO events VALUES (1, 'a') ON CONFLICT DO NOTHING", "42601")]
    [InlineData("SELECT id FROM events FOR UPDATE", "0A000")]
    [InlineData("COPY events FROM STDIN", "0A000")]
    [InlineData("SELECT pg_advisory_lock(1)", "42883")]
    [InlineData("DISCARD ALL", "42601")]
    [InlineData("SAVEPOINT a", "0A000")]
    [InlineData("SELECT ARRAY[1, 2]", "0A000")]
    [InlineData("SELECT * FROM unnest('{1}'::int[])", "42883")]
    [InlineData("LISTEN events", "42601")]
    [InlineData("CREATE INDEX i ON events (id)", "0A000")]
    [InlineData("CREATE TABLE x (id uuid)", "0A000")]
    [InlineData("SELECT clock_timestamp()", "42883")]
    [InlineData("SET lock_timeout = 5", "42704")]
    [InlineData("WITH x AS (INSERT INTO events VALUES (1, 'a') ) SELECT 1", "42601")]
    [InlineData("SELECT * FROM events, LATERAL (SELECT 1) x", "42601")]
    [InlineData("CREATE TABLE x (id int CHECK (id > 0))", "0A000")]
    [InlineData("ALTER TABLE events ADD COLUMN a int, ADD COLUMN b int", "42601")]
    [InlineData("ALTER TABLE events ADD COLUMN IF NOT EXISTS a int", "42601")]
    [InlineData("ALTER TABLE public.events ALTER COLUMN id TYPE double precision", "0A000")]
    [InlineData("ALTER TABLE events ALTER name TYPE varchar(10) USING 'a'", "0A000")]
    [InlineData("ALTER TABLE events ALTER COLUMN name SET NOT NULL", "0A000")]
    [InlineData("ALTER TABLE events ALTER COLUMN name DROP DEFAULT", "0A000")]
    [InlineData("ALTER TABLE events APPEND FROM others", "25001")]
    [InlineData("MERGE INTO events USING (SELECT 1 AS id) s ON events.id = s.id WHEN MATCHED THEN DELETE", "42601")]
    [InlineData("EXPLAIN MERGE INTO events USING events e ON events.id = e.id WHEN MATCHED THEN DELETE", "42601")]
    [InlineData("EXPLAIN WITH e AS (SELECT 1) MERGE INTO events USING e ON false WHEN MATCHED THEN DELETE", "42601")]
    [InlineData("EXPLAIN VERBOSE CALL p()", "42601")]
    [InlineData("EXPLAIN COPY events FROM 's3://a/b' IAM_ROLE default", "42601")]
    [InlineData("EXPLAIN UNLOAD ('SELECT 1') TO 's3://a/b' IAM_ROLE default", "42601")]
    [InlineData("EXPLAIN TRUNCATE events", "42601")]
    [InlineData("EXPLAIN VACUUM events", "42601")]
    [InlineData("EXPLAIN ANALYZE events", "42601")]
    [InlineData("EXPLAIN CREATE TABLE x (id int)", "42601")]
    public async Task What_Redshift_does_not_have_is_refused(string sql, string state)
    {
        var failure = await Assert.ThrowsAsync<PostgresException>(() => _redshift.RunAsync(sql));
        Assert.Equal(state, failure.SqlState);
        Assert.Single(_redshift.Server.Refused);
    }

    [Theory]
    [InlineData("SELECT 'RETURNING ON CONFLICT' AS \"FOR UPDATE\" -- LISTEN")]
    [InlineData("SELECT 'it\\'s', /* DISCARD /* nested */ */ getdate(), SYSDATE")]
    [InlineData("CREATE TABLE t (id int IDENTITY(1,1) PRIMARY KEY, v varbyte(20), s super ENCODE zstd, d varchar(max) DISTKEY, UNIQUE (id)) "
        + "SORTKEY AUTO")]
    [InlineData("SET LOCAL statement_timeout = 5000")]
    [InlineData("BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE; INSERT INTO events VALUES (1, 'a'); END")]
    [InlineData("ALTER TABLE \"public\".\"events\" ADD COLUMN a numeric(10,2) DEFAULT 1")]
    [InlineData("ALTER TABLE events DROP COLUMN name CASCADE")]
    [InlineData("ALTER TABLE events RENAME COLUMN name TO other")]
    [InlineData("ALTER TABLE events ALTER COLUMN name TYPE varchar(60)")]
    [InlineData("SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        + "c.relname = 'events'")]
    [InlineData("DELETE FROM events USING events o WHERE o.id = events.id")]
    [InlineData("EXPLAIN VERBOSE SELECT * FROM events")]
    [InlineData("EXPLAIN WITH e AS (SELECT * FROM events) SELECT * FROM e")]
    [InlineData("EXPLAIN SELECT * INTO copied FROM events")]
    [InlineData("EXPLAIN CREATE TABLE copied AS SELECT * FROM events")]
    [InlineData("EXPLAIN INSERT INTO events VALUES (1, 'a')")]
    [InlineData("EXPLAIN UPDATE events SET id = 1")]
    [InlineData("EXPLAIN DELETE FROM events")]
    [InlineData("CREATE TABLE #new DISTKEY (id) AS SELECT * FROM events; SELECT id INTO #ids FROM #new; INSERT INTO #new SELECT id, 'a' FROM #IDS; "
        + "DROP TABLE #new")]
    [InlineData("SELECT \"ID\" FROM \"Public\".\"EVENTS\"")]
    [InlineData("SET enable_case_sensitive_identifier TO true; CREATE TABLE \"Big\" (id int); SELECT * FROM \"Big\"")]
    [InlineData("SET mv_enable_aqmv_for_session TO FALSE; RESET mv_enable_aqmv_for_session; SHOW mv_enable_aqmv_for_session")]
    public async Task What_Redshift_has_is_taken(string sql)
    {
        await _redshift.RunAsync(sql);
        Assert.Empty(_redshift.Server.Refused);
    }

    [Theory]
    [InlineData(NpgsqlTypes.NpgsqlDbType.Bigint, "42804")]
    [InlineData(NpgsqlTypes.NpgsqlDbType.Integer, null)]
    public async Task A_limit_is_an_integer(NpgsqlTypes.NpgsqlDbType type, string? state)
    {
        await using var command = _redshift.Source.CreateCommand("SELECT 1 LIMIT $1");
        command.Parameters.Add(new NpgsqlParameter { Value = 12, NpgsqlDbType = type });
        Assert.Equal(state, ((PostgresException?)await Record.ExceptionAsync(() => command.ExecuteScalarAsync()))?.SqlState);
    }

    [Theory]
    [InlineData(NpgsqlTypes.NpgsqlDbType.Numeric, "22P03")]
    [InlineData(NpgsqlTypes.NpgsqlDbType.Bigint, null)]
    public async Task A_binary_numeric_is_not_taken_for_a_number(NpgsqlTypes.NpgsqlDbType type, string? state)
    {
        await using var command = _redshift.Source.CreateCommand("SELECT $1");
        command.Parameters.Add(new NpgsqlParameter { Value = 12L, NpgsqlDbType = type });
        Assert.Equal(state, ((PostgresException?)await Record.ExceptionAsync(() => command.ExecuteScalarAsync()))?.SqlState);
    }

    [Fact]
    public async Task A_refused_statement_fails_its_transaction()
    {
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, "INSERT INTO events VALUES (1, 'a')");
            await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "INSERT INTO events VALUES (2, 'a') RETURNING id"));
            Assert.Equal("25P02", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "SELECT 1"))).SqlState);
            await transaction.RollbackAsync();
        }

        await ExecuteAsync(connection, "INSERT INTO events VALUES (3, 'a')");
        Assert.Equal(1L, await _redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData(32_766, null)]
    [InlineData(32_768, "42P02")]
    public async Task Parameters_have_a_limit(int count, string? state)
    {
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("INSERT INTO events VALUES "
            + string.Join(',', Enumerable.Range(0, count / 2).Select(i => $"(${(2 * i) + 1}, ${(2 * i) + 2})")), connection);
        for (var i = 0; i < count; i++)
            command.Parameters.Add(i % 2 == 0 ? new NpgsqlParameter { Value = (long)i } : new NpgsqlParameter { Value = "x" });
        if (state is null) Assert.Equal(count / 2, await command.ExecuteNonQueryAsync());
        else Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task Statements_have_a_limit()
    {
        var failure = await Assert.ThrowsAsync<PostgresException>(() => _redshift.RunAsync($"SELECT '{new string('x', 16 * 1024 * 1024)}'"));
        Assert.StartsWith("Statement is too large. Statement Size: 16777225 bytes.", failure.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_of_types_that_Redshift_does_not_have_are_refused()
    {
        await using var command = _redshift.Source.CreateCommand("SELECT $1");
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.Empty });
        Assert.Equal("0A000", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync())).SqlState);
    }

    [Fact]
    public async Task It_says_that_it_is_Redshift_and_answers_its_system_views()
    {
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        Assert.Equal("8.0.2", connection.PostgreSqlVersion.ToString());
        Assert.Equal("Serializable",
            await _redshift.AskAsync("SELECT database_isolation_level FROM svv_redshift_databases WHERE database_name = current_database()"));
        Assert.Equal("character varying",
            await _redshift.AskAsync("SELECT data_type FROM svv_columns WHERE table_name = 'events' AND column_name = 'name'"));
        await _redshift.RunAsync("COMMENT ON TABLE events IS 'what happened'");
        Assert.Equal("what happened",
            await _redshift.AskAsync("SELECT remarks FROM svv_tables WHERE table_schema = 'public' AND table_name = 'events'"));
        Assert.Equal(1L, await _redshift.AskAsync($"SELECT count(*) FROM stv_sessions WHERE process = {connection.ProcessID}"));
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_cancelled_on_users_request()
    {
        await _redshift.RunBehindAsync("CREATE VIEW slow AS SELECT pg_sleep(60)::text");
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "SET LOCAL statement_timeout = 50");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "SELECT * FROM slow"));
        Assert.Equal($"Query ({connection.ProcessID}) canceled on user's request", failure.MessageText);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Quoted_identifiers_fold_until_they_are_case_sensitive()
    {
        await _redshift.RunAsync("CREATE TABLE \"Größe ÄB\" (\"ID\" int)");
        Assert.Equal("größe Äb", await _redshift.AskBehindAsync("SELECT relname FROM pg_class WHERE relname LIKE 'gr%'"));
        await using var connection = await _redshift.Source.OpenConnectionAsync();
        foreach (var (setting, found) in new[] { ("off", "ok"), ("on", "42P01"), ("off", "ok") })
        {
            await using var set = new NpgsqlCommand($"SET enable_case_sensitive_identifier = {setting}", connection);
            await set.ExecuteNonQueryAsync();
            await using var show = new NpgsqlCommand("SELECT current_setting('enable_case_sensitive_identifier')", connection);
            Assert.Equal(setting, await show.ExecuteScalarAsync());
            await using var read = new NpgsqlCommand("SELECT * FROM \"Events\"", connection);
            var refused = await Record.ExceptionAsync(() => read.ExecuteNonQueryAsync());
            Assert.Equal(found, (refused as PostgresException)?.SqlState ?? "ok");
        }
    }
}
