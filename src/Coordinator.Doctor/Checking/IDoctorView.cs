namespace Coordinator.Doctor.Checking;

/// <summary>Shows the checks while they run.</summary>
public interface IDoctorView
{
    /// <summary>A check begins.</summary>
    void Begin(string name);

    /// <summary>A check has ended.</summary>
    void End(CheckResult result);
}
