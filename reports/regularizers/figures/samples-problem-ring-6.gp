# Run: gnuplot -d samples-problem-ring-6.gp
set terminal svg size 304,350 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'samples-problem-ring-6.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'samples: problem = ring, optimizer…' at screen 0.039474, screen 0.94857 left font ',14' noenhanced
set label 'blue: samples    orange circles: true modes' at screen 0.039474, screen 0.88 left font ',12' noenhanced
set border 15
unset tics
set style fill transparent solid 1 noborder
set lmargin at screen 0.039474
set rmargin at screen 0.96053
set tmargin at screen 0.77714
set bmargin at screen 0.034286
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.5663:1.5596]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.4659:1.4368]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-problem-ring-6.dat' index 0 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-problem-ring-6.dat' index 1 using 1:2:(3.1259e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
unset label
unset arrow
unset multiplot
set output
