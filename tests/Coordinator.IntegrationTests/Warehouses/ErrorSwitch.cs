namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Makes every insert into a table fail with a chosen error.</summary>
internal static class ErrorSwitch
{
    public const string Install = """
        CREATE TABLE failure (state text, message text); INSERT INTO failure VALUES ('', '');
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$DECLARE f failure; BEGIN SELECT * INTO f FROM failure; RAISE EXCEPTION USING ERRCODE = f.state, MESSAGE = f.message; END$$;
        CREATE TRIGGER fail BEFORE INSERT ON events EXECUTE FUNCTION fail()
        """;

    public static string Set(string state, string message) =>
        $"UPDATE failure SET state = '{state}', message = '{message.Replace("'", "''", StringComparison.Ordinal)}'";
}
