import java.sql.*;

/** Reads the views and a tco by JDBC, and prints what it got. The argument is a URL. */
public class Read {
    public static void main(String[] args) throws Exception {
        try (Connection db = DriverManager.getConnection(args[0]); Statement s = db.createStatement()) {
            ResultSet r = s.executeQuery(
                "SELECT month, provider, total, tokens, is_complete FROM accelcost.inference_monthly"
                + " ORDER BY provider");
            ResultSetMetaData m = r.getMetaData();
            System.out.println(m.getColumnTypeName(3) + " " + m.getPrecision(3) + " " + m.getScale(3));
            while (r.next())
                System.out.println(r.getDate(1) + " " + r.getString(2) + " " + r.getBigDecimal(3) + " "
                    + r.getBigDecimal(4) + " " + r.getBoolean(5));
            r = s.executeQuery("SELECT cost FROM bill");
            r.next();
            System.out.println(r.getObject(1).getClass().getSimpleName() + " " + r.getString(1));
            PreparedStatement p = db.prepareStatement("SELECT count(*) FROM bill WHERE cost > ?::tco");
            p.setString(1, "6 USD");
            r = p.executeQuery();
            r.next();
            System.out.println("above 6 USD: " + r.getLong(1));
        }
    }
}
